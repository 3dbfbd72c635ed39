/** When nothing new may be released: trading hours, holidays, year's end. */
package io.jenkins.plugins.shera.platform.freeze;
