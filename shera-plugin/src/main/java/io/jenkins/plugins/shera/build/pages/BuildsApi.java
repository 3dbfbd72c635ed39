package io.jenkins.plugins.shera.build.pages;

import hudson.Extension;
import io.jenkins.plugins.shera.platform.extension.ApiDescription;

/** What projects and their builds answer. */
@Extension
public final class BuildsApi extends ApiDescription {}
