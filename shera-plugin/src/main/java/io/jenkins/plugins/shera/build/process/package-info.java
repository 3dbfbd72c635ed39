/** How programs are started, whoever starts them. */
package io.jenkins.plugins.shera.build.process;
