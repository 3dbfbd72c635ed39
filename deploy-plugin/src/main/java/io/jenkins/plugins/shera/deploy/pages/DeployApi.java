package io.jenkins.plugins.shera.deploy.pages;

import hudson.Extension;
import io.jenkins.plugins.shera.platform.extension.ApiDescription;

/** What the tabs of releases, scale, storage and history answer. */
@Extension
public final class DeployApi extends ApiDescription {}
