/** The demo itself: what is started, what is run, and what is told about it. */
package io.jenkins.plugins.shera.demo.run;
