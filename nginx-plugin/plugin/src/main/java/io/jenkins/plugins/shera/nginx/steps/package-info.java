/** Pipeline steps that change what an nginx cluster serves. */
package io.jenkins.plugins.shera.nginx.steps;
