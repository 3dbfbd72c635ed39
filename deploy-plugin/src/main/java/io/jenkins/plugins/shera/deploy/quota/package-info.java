/** Whether a release fits into what its namespace may have, before it begins. */
package io.jenkins.plugins.shera.deploy.quota;
