package io.jenkins.plugins.shera.nginx.pages;

import hudson.Extension;
import io.jenkins.plugins.shera.platform.extension.ApiDescription;

/** What the pages of nginx answer. */
@Extension
public final class NginxApi extends ApiDescription {}
