package com.cloudbees.plugins.credentials.common;

/** A key with its certificate, with an id. */
public interface StandardCertificateCredentials extends StandardCredentials, CertificateCredentials {}
