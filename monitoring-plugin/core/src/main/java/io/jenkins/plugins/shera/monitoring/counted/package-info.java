/** What a container counts of its own processes when it is asked to, where nobody measures it all the time. */
package io.jenkins.plugins.shera.monitoring.counted;
