/** Lets work cross from the controller to a machine, strictly, although both are one process here. */
package io.jenkins.plugins.shera.harness.remoting;
