package io.jenkins.plugins.shera.build.pages;

import hudson.Extension;
import io.jenkins.plugins.shera.platform.extension.ApiDescription;

/** What the images of an application answer. */
@Extension
public final class ImagesApi extends ApiDescription {
    @Override
    protected String resource() {
        return "images-openapi.json";
    }
}
