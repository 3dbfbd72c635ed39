package io.jenkins.plugins.shera.nginx.work;

import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.tls.CertificatePair;
import io.jenkins.plugins.shera.nginx.users.PasswordFile;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** A route on its way to a node, with the files that it names. */
public record Publishing(Route route, List<CertificatePair> certificates, List<PasswordFile> people)
        implements Serializable {
    /** Copies the lists into such that travel. */
    public Publishing {
        certificates = new ArrayList<>(certificates);
        people = new ArrayList<>(people);
    }
}
