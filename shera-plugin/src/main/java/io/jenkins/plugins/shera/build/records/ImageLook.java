package io.jenkins.plugins.shera.build.records;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.image.ImageReference;
import io.jenkins.plugins.shera.oci.image.Json;
import io.jenkins.plugins.shera.oci.sbom.SbomShelf;
import io.jenkins.plugins.shera.oci.target.ImagePlace;
import io.jenkins.plugins.shera.oci.target.ImageTarget;
import io.jenkins.plugins.shera.platform.extension.ImageRecords;
import io.jenkins.plugins.shera.platform.extension.ImageStanding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What registries say at this moment of images: whether they are there, their tags, what they may be trusted for, an SBOM. */
public final class ImageLook {
    private static final Pattern ATTACHMENT = Pattern.compile("sha(256-[0-9a-f]{64}|512-[0-9a-f]{128})(\\..*)?");
    /** Each costs one question. */
    private static final int MOST_TAGS = 200;

    private static final int MOST_OTHERS = 20;

    private final String tenant;
    private final String name;
    private final ImageTarget target;
    private final Set<String> attachments = new HashSet<>();
    private final Map<Digest, List<String>> tags = new TreeMap<>();
    private boolean whole = true;

    private ImageLook(String tenant, String name, ImageTarget target) throws IOException {
        this.tenant = tenant;
        this.name = name;
        this.target = target;
        int asked = 0;
        for (String tag : target.tags()) {
            if (ATTACHMENT.matcher(tag).matches()) {
                attachments.add(tag);
            } else if (++asked > MOST_TAGS) {
                whole = false;
            } else {
                target.resolve(tag).ifPresent(digest -> tags.computeIfAbsent(digest, key -> new ArrayList<>())
                        .add(tag));
            }
        }
    }

    /**
     * Looks.
     *
     * @param wanted of which it is to be said
     * @param known every image that was built here
     * @param others whether images with a tag that are not known are wanted, too
     */
    public static ObjectNode of(String tenant, List<ImageOrigin> wanted, List<ImageOrigin> known, boolean others)
            throws IOException {
        Map<String, ImageLook> looks = new LinkedHashMap<>();
        Set<String> built = new HashSet<>();
        for (ImageOrigin one : known) {
            built.add(one.reference());
            String name = one.reference().substring(0, one.reference().indexOf('@'));
            ImageReference reference = ImageReference.parse(one.reference());
            Optional<ImagePlace> place = looks.containsKey(name)
                    ? Optional.empty()
                    : reference.domain().flatMap(host -> TenantRegistries.place(tenant, host));
            if (place.isPresent()) {
                looks.put(name, new ImageLook(tenant, name, place.get().repository(reference.repository())));
            }
        }
        ObjectNode json = Json.object();
        ArrayNode images = json.putArray("images");
        for (ImageOrigin one : wanted) {
            String[] parts = one.reference().split("@");
            if (looks.containsKey(parts[0])) {
                images.add(looks.get(parts[0]).row(Digest.parse(parts[1])));
            }
        }
        ArrayNode more = json.putArray("others");
        boolean whole = true;
        for (ImageLook look : looks.values()) {
            whole &= look.whole;
            for (Digest digest : look.tags.keySet()) {
                if (others && more.size() < MOST_OTHERS && !built.contains(look.name + "@" + digest)) {
                    more.add(look.row(digest));
                }
            }
        }
        return json.put("whole", whole);
    }

    private ObjectNode row(Digest digest) throws IOException {
        List<String> named = tags.getOrDefault(digest, List.of());
        boolean there = !named.isEmpty() || target.resolve(digest.toString()).isPresent();
        ObjectNode row = Json.object()
                .put("reference", name + "@" + digest)
                .put("digest", digest.toString())
                .put("there", there)
                .put("sbom", attachments.contains(SbomShelf.tag(digest)));
        named.forEach(row.putArray("tags")::add);
        if (there) {
            ImageStanding standing = ImageRecords.standingOf(tenant, name + "@" + digest);
            row.put("standing", standing.word()).put("why", standing.why()).put("debug", standing.debug());
        }
        return row;
    }
}
