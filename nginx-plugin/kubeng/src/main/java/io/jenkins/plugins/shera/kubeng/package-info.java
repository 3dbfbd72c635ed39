/** The daemon's beginning: its settings and its main method. */
package io.jenkins.plugins.shera.kubeng;
