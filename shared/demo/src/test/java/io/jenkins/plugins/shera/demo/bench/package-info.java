/** The demo for hours, with faults: what is lost, and what grows. */
package io.jenkins.plugins.shera.demo.bench;
