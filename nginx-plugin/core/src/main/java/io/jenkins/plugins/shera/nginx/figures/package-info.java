/** Requests, errors and times by host and upstream, counted from what nginx logs for each request. */
package io.jenkins.plugins.shera.nginx.figures;
