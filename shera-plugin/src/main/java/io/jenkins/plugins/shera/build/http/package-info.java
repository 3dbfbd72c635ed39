/** What talking to servers that are not trusted has in common. */
package io.jenkins.plugins.shera.build.http;
