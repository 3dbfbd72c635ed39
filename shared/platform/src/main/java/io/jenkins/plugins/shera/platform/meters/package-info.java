/** What operators watch of SheRa itself: counts, times and states in Prometheus' text format. */
package io.jenkins.plugins.shera.platform.meters;
