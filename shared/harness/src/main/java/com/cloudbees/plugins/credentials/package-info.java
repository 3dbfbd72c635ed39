/** Credentials, where they are kept and how they are found. */
package com.cloudbees.plugins.credentials;
