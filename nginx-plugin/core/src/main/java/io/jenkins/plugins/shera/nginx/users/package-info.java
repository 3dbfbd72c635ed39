/** Password files of routes: names of people and hashes of their passwords, never a password. */
package io.jenkins.plugins.shera.nginx.users;
