/** Credentials as Jenkins keeps them. */
package com.cloudbees.plugins.credentials.impl;
