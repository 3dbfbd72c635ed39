package io.jenkins.plugins.shera.nginx.certificates;

import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.tls.CertificatePair;
import java.io.IOException;
import java.util.List;

/** The nodes of an nginx cluster as far as a certificate goes; of either kind. */
interface CertificateNodes {
    /**
     * The routes that show it, each once.
     *
     * @throws IOException if a node cannot be asked
     */
    List<Route> routes() throws IOException, InterruptedException;

    /** Whether every route of it shows this version on every node, as far as they can be asked. */
    boolean isShown(String version) throws IOException, InterruptedException;

    /**
     * Brings it to every node, proved by a handshake; otherwise all have what they had.
     *
     * @param before what they had; null where that is not known any more
     * @throws IOException saying which node refused it and why
     */
    void bring(CertificatePair pair, CertificatePair before) throws IOException, InterruptedException;
}
