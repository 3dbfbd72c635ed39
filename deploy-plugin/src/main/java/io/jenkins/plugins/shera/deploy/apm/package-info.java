/** A monitoring agent in an application's pods, without another image: what an agent is, and pod templates with and without it. */
package io.jenkins.plugins.shera.deploy.apm;
