/** What an application measured over a stretch of time, pod by pod. */
package io.jenkins.plugins.shera.monitoring.charts;
