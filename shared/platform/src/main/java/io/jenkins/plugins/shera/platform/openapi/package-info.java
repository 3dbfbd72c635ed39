/** The OpenAPI document of all of REST, put together from the parts of the plugins. */
package io.jenkins.plugins.shera.platform.openapi;
