/** Writing web methods: one way in, one form of answer. */
package io.jenkins.plugins.shera.platform.rest;
