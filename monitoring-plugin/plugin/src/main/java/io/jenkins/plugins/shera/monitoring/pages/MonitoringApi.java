package io.jenkins.plugins.shera.monitoring.pages;

import hudson.Extension;
import io.jenkins.plugins.shera.platform.extension.ApiDescription;

/** What alerts, notices, charts and logs answer. */
@Extension
public final class MonitoringApi extends ApiDescription {}
