package io.jenkins.plugins.shera.monitoring.news;

import java.util.Map;

/**
 * One piece of news for one receiver. No secret is in it: how the receiver is reached is looked up when it is told.
 *
 * @param id the same for the same news and the same receiver
 * @param title one line in the receiver's language
 * @param text the whole message in the receiver's language
 * @param facts the same for programs
 * @param atMillis when it happened
 */
public record Delivery(
        String id,
        String tenant,
        String receiver,
        String title,
        String text,
        Map<String, String> facts,
        long atMillis) {

    /** Keeps its own copy. */
    public Delivery {
        facts = Map.copyOf(facts);
    }

    /** Whose box it lies in. */
    Box.Address address() {
        return new Box.Address(tenant, receiver);
    }
}
