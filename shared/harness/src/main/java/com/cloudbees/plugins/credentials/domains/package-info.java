/** What credentials are meant for. */
package com.cloudbees.plugins.credentials.domains;
