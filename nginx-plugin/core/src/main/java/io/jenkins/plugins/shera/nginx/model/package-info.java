/** What an nginx node shall serve: routes, whom they belong to, and which of them may stand beside each other. */
package io.jenkins.plugins.shera.nginx.model;
