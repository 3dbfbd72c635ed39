/** Databases, caches and message brokers beside an application: what they are made of, and the acts on them. Plain Java. */
package io.jenkins.plugins.shera.deploy.middleware;
