package io.jenkins.plugins.shera.monitoring.chats;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.monitoring.thresholds.InvalidThresholdException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The robots of one tenant, as a daemon keeps them.
 *
 * @param generation counts up with every change, from 0 for a tenant nobody told it of
 * @param targets in a fixed order
 */
public record ChatBook(long generation, List<ChatTarget> targets) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST = 100;

    /** Refuses two of one name, and more than a tenant can have. */
    public ChatBook {
        if (targets.size() > MOST) {
            throw new InvalidThresholdException("targets", "there are more than " + MOST, "Have fewer robots.");
        }
        targets = targets.stream()
                .sorted(Comparator.comparing(ChatTarget::receiver))
                .toList();
        Set<String> names = new HashSet<>();
        for (ChatTarget each : targets) {
            if (!names.add(each.receiver())) {
                throw new InvalidThresholdException(
                        "targets", "two are named " + each.receiver(), "Give each a name of its own.");
            }
        }
    }

    /** The robot of a receiver. */
    public Optional<ChatTarget> target(String receiver) {
        return targets.stream().filter(each -> each.receiver().equals(receiver)).findFirst();
    }

    /** The same for the same robots, whatever the generation; nobody learns an address from it. */
    public String mark() throws IOException {
        return ChatTarget.digest(new String(new ChatBook(0, targets).bytes("of"), StandardCharsets.UTF_8));
    }

    /** As JSON, with every secret; {@code number} is the name its generation gets. */
    public byte[] bytes(String number) throws IOException {
        ObjectNode root = JSON.createObjectNode().put(number, generation);
        ArrayNode list = root.putArray("targets");
        for (ChatTarget each : targets) {
            ObjectNode target = list.addObject()
                    .put("receiver", each.receiver())
                    .put("kind", each.kind())
                    .put("address", each.address())
                    .put("token", each.token());
            if (!each.signing().isEmpty()) {
                target.put("signing", each.signing());
            }
        }
        return JSON.writeValueAsBytes(root);
    }

    /**
     * Reads what {@link #bytes} wrote.
     *
     * @throws InvalidThresholdException naming the field that cannot be
     */
    public static ChatBook read(byte[] bytes, String number) throws IOException {
        JsonNode root = JSON.readTree(bytes);
        JsonNode generation = root == null ? null : root.get(number);
        if (generation == null || !generation.canConvertToLong() || generation.asLong() < 0) {
            throw new InvalidThresholdException(number, "it is no number from 0 on", "Give a generation.");
        }
        if (!root.path("targets").isArray()) {
            throw new InvalidThresholdException("targets", "it is no list", "Give a list, an empty one for none.");
        }
        List<ChatTarget> targets = new ArrayList<>();
        for (JsonNode each : root.path("targets")) {
            targets.add(new ChatTarget(
                    each.path("receiver").asText(),
                    each.path("kind").asText(),
                    each.path("address").asText(),
                    each.path("signing").asText(),
                    each.path("token").asText()));
        }
        return new ChatBook(generation.asLong(), targets);
    }
}
