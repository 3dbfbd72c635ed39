package io.jenkins.plugins.shera.nginx.edits;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.Serializable;

/**
 * A text that somebody made of another one.
 *
 * @param base what it was made of
 * @param text what it was made to
 */
public record Layer(@JsonProperty("base") String base, @JsonProperty("text") String text) implements Serializable {

    /** The same change made to another text; null when nothing of it is left. */
    Layer over(String made) throws ConflictException {
        if (made.equals(base)) {
            return this;
        }
        ThreeWay both = ThreeWay.of(base, made, text);
        if (!both.isClean()) {
            throw new ConflictException(both.conflicts());
        }
        String merged = both.merged();
        return merged.equals(made) ? null : new Layer(made, merged);
    }
}
