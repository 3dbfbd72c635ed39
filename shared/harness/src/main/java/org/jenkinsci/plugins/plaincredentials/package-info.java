/** Secret texts and files. */
package org.jenkinsci.plugins.plaincredentials;
