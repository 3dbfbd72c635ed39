/** Kinds of credentials. */
package com.cloudbees.plugins.credentials.common;
