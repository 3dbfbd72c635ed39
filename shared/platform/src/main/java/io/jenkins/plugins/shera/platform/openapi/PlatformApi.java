package io.jenkins.plugins.shera.platform.openapi;

import hudson.Extension;
import io.jenkins.plugins.shera.platform.extension.ApiDescription;

/** What the platform itself answers, and the shapes that every part shares. */
@Extension(ordinal = 1)
public final class PlatformApi extends ApiDescription {}
