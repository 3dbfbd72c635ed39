package io.jenkins.plugins.shera.build.image;

import io.jenkins.plugins.shera.build.context.PathPattern;
import io.jenkins.plugins.shera.oci.layer.EntryNames;
import io.jenkins.plugins.shera.oci.layer.ImageTree;
import io.jenkins.plugins.shera.oci.layer.TarEntry;
import io.jenkins.plugins.shera.oci.target.BlobSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Files of a stage or of another image, {@code COPY --from}; they keep their owners, as with BuildKit. */
final class ImageSource implements CopyFiles.Source {
    private static final BlobSource NOTHING = BlobSource.of(new byte[0]);

    private final StageFiles files;
    private final String path;

    private ImageSource(StageFiles files, String path) {
        this.files = files;
        this.path = path;
    }

    static List<ImageSource> find(StageFiles files, String name) throws IOException {
        ImageTree tree = files.tree();
        List<ImageSource> found = new ArrayList<>();
        if (!PathPattern.isPattern(name)) {
            String path = tree.resolve(name);
            return path.isEmpty() || tree.find(path).isPresent() ? List.of(new ImageSource(files, path)) : List.of();
        }
        PathPattern pattern = new PathPattern(name.startsWith("/") ? name.substring(1) : name);
        for (TarEntry entry : tree.allBelow("")) {
            if (pattern.matches(entry.name())
                    && tree.find(tree.resolve(entry.name())).isPresent()) {
                found.add(new ImageSource(files, tree.resolve(entry.name())));
            }
        }
        return found;
    }

    @Override
    public void writeTo(String target, boolean folder, CopyFiles layer) throws IOException {
        Map<TarEntry, String> all = new LinkedHashMap<>();
        TarEntry entry = files.tree().find(path).orElse(null);
        if (entry != null && entry.kind() != TarEntry.Kind.FOLDER) {
            all.put(entry, folder ? CopyFiles.join(target, EntryNames.last(path)) : target);
        } else {
            for (TarEntry below : files.tree().allBelow(path)) {
                String relative = path.isEmpty() ? below.name() : below.name().substring(path.length() + 1);
                all.put(below, CopyFiles.join(target, relative));
            }
        }
        copy(all, layer);
    }

    private void copy(Map<TarEntry, String> names, CopyFiles layer) throws IOException {
        Set<String> wanted = new HashSet<>();
        for (TarEntry one : names.keySet()) {
            if (one.kind() == TarEntry.Kind.FILE || one.kind() == TarEntry.Kind.HARD_LINK) {
                wanted.add(one.name());
            }
        }
        Map<String, BlobSource> contents = files.contents(wanted);
        for (Map.Entry<TarEntry, String> one : names.entrySet()) {
            TarEntry source = files.linked(one.getKey());
            if (wanted.contains(one.getKey().name())) {
                layer.add(
                        source.named(one.getValue()), contents.get(one.getKey().name()));
            } else if (source.kind() == TarEntry.Kind.FOLDER || source.kind() == TarEntry.Kind.SYMLINK) {
                layer.add(source.named(one.getValue()), NOTHING);
            }
        }
    }
}
