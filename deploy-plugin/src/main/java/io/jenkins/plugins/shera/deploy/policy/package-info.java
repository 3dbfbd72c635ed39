/** Which images an environment lets in. */
package io.jenkins.plugins.shera.deploy.policy;
