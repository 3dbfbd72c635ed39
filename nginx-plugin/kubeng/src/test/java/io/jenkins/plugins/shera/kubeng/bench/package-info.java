/** What a change costs on its way to nginx: run by {@code bin/bench nginx-reload}, never as a test. */
package io.jenkins.plugins.shera.kubeng.bench;
