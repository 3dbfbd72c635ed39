/** Release sets: several rollouts that move through their steps together, and all promote or all go back. */
package io.jenkins.plugins.shera.deploy.release;
