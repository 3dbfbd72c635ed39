package io.jenkins.plugins.shera.build.pages;

import hudson.Extension;
import io.jenkins.plugins.shera.platform.extension.ApiDescription;

/** What the keys of statements answer. */
@Extension
public final class KeysApi extends ApiDescription {
    @Override
    protected String resource() {
        return "keys-openapi.json";
    }
}
