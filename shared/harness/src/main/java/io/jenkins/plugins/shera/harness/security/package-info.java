/** Keys and class lists behind Jenkins' security types. */
package io.jenkins.plugins.shera.harness.security;
