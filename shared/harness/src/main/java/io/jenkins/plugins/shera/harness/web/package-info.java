/** The web server of the harness: routing, sign-in, security headers, static files. */
package io.jenkins.plugins.shera.harness.web;
