/** What is given to whoever helps from outside: state and log, and no secret. */
package io.jenkins.plugins.shera.platform.support;
