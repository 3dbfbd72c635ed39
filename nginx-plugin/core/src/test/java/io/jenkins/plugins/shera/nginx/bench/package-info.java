/** What many routes cost: run by {@code bin/bench nginx}, never as a test. */
package io.jenkins.plugins.shera.nginx.bench;
