package io.jenkins.plugins.shera.deploy.storage;

/**
 * A snapshot of one of an application's claims.
 *
 * @param claim the claim it was taken of, which may be gone
 * @param ready whether it can be restored
 * @param size what a claim restored from it needs at least, empty while that is not known
 * @param created when it was asked for, ISO 8601
 * @param trouble why it is not ready, in the cluster's words
 */
public record SnapshotFacts(String name, String claim, boolean ready, String size, String created, String trouble) {}
