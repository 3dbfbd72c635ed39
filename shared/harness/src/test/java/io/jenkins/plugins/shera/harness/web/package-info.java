/** What the web server and the pages promise. */
package io.jenkins.plugins.shera.harness.web;
