/** Source from git: addresses and refs that are checked, commands by argument vector, errors a user understands. */
package io.jenkins.plugins.shera.build.source;
