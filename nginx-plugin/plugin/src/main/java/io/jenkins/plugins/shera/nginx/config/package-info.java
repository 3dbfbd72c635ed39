/** The nginx clusters an administrator has set up. */
package io.jenkins.plugins.shera.nginx.config;
