package io.jenkins.plugins.shera.terminal.pack;

import io.jenkins.plugins.shera.oci.image.ImageReference;
import java.time.Instant;

/** A running container and where it came from. */
public interface Origin {

    /** Of a pod; empty where there are none. */
    String namespace();

    /** Of the container; of an engine {@code docker:} and its id. */
    String pod();

    /** Name of the container. */
    String container();

    /** By digest. */
    ImageReference image();

    /** When the container was started. */
    Instant started();

    /** What tells this start of the container apart from every other one; a listing bears it and packaging asks for it. */
    String mark();

    /** All of where it is, in words. */
    String where();
}
