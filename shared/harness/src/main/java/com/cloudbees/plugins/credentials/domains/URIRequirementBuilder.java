package com.cloudbees.plugins.credentials.domains;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Makes requirements of an address. */
public class URIRequirementBuilder {
    private final List<DomainRequirement> requirements = new ArrayList<>();

    private URIRequirementBuilder() {}

    public static URIRequirementBuilder create() {
        return new URIRequirementBuilder();
    }

    public static URIRequirementBuilder fromUri(String uri) {
        return create().withUri(uri);
    }

    public URIRequirementBuilder withUri(String uri) {
        if (uri != null) {
            try {
                String host = new URI(uri).getHost();
                if (host != null) {
                    withHostname(host);
                }
            } catch (URISyntaxException e) {
                Logger.getLogger(URIRequirementBuilder.class.getName()).log(Level.FINE, "no address: " + uri, e);
            }
        }
        return this;
    }

    public URIRequirementBuilder withHostname(String hostname) {
        requirements.add(new HostnameRequirement(hostname));
        return this;
    }

    public List<DomainRequirement> build() {
        return new ArrayList<>(requirements);
    }
}
