//! Signatures that cosign verifies: an in-toto statement about a digest, in a DSSE envelope, in a Sigstore bundle.
//!
//! Made with a local key and nothing else: no network, no transparency log. Deterministic: the same key and the same
//! digest give the same bytes, so that signing again changes nothing.
//!
//! Limit: ECDSA keys on P-256, the kind that `cosign generate-key-pair` makes, encrypted by cosign or not at all.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use crypto_secretbox::XSalsa20Poly1305;
use crypto_secretbox::aead::{Aead, KeyInit};
use p256::ecdsa::signature::{Signer as _, Verifier as _};
use p256::ecdsa::{DerSignature, SigningKey, VerifyingKey};
use p256::pkcs8::{DecodePrivateKey, DecodePublicKey, EncodePublicKey, LineEnding};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::digest::Digest;
use crate::error::OciError;
use crate::referrers::Attachment;
use crate::secret::Secret;
use crate::timestamp::Timestamp;

/// Media type of a bundle.
pub const BUNDLE_TYPE: &str = "application/vnd.dev.sigstore.bundle.v0.3+json";
/// What `cosign sign` says of an image.
pub const SIGNATURE_PREDICATE: &str = "https://sigstore.dev/cosign/sign/v1";
/// What a list of parts in CycloneDX's form is called.
pub const SBOM_PREDICATE: &str = "https://cyclonedx.org/bom";

const PAYLOAD_TYPE: &str = "application/vnd.in-toto+json";
const STATEMENT_TYPE: &str = "https://in-toto.io/Statement/v1";
const ENCRYPTED_LABELS: [&str; 2] = ["ENCRYPTED SIGSTORE PRIVATE KEY", "ENCRYPTED COSIGN PRIVATE KEY"];

/// A private key that signs.
pub struct Signer(SigningKey);

impl std::fmt::Debug for Signer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Signer(***)")
    }
}

impl Signer {
    /// Reads a key in PEM: one that cosign encrypted, with its passphrase, or one in plain PKCS #8.
    ///
    /// # Errors
    ///
    /// Another kind of key, or a wrong passphrase. The message holds nothing of either.
    pub fn from_pem(text: &str, passphrase: Option<&Secret>) -> Result<Self, OciError> {
        let is_encrypted = ENCRYPTED_LABELS.iter().any(|label| text.contains(label));
        let key = match (is_encrypted, passphrase) {
            (true, Some(passphrase)) => SigningKey::from_pkcs8_der(&decrypt(text, passphrase)?),
            (true, None) => {
                return Err(OciError::input("the signing key is encrypted and there is no passphrase")
                    .help("set COSIGN_PASSWORD to the passphrase of the key"));
            }
            (false, _) => SigningKey::from_pkcs8_pem(text),
        };
        key.map(Self).map_err(|_| {
            OciError::input("the signing key is no private key that can be used here")
                .help("use a key of `cosign generate-key-pair`, or an ECDSA key on P-256 in PKCS #8 and PEM")
        })
    }

    /// The public key that belongs to it.
    #[must_use]
    pub fn public_key(&self) -> PublicKey {
        PublicKey(*self.0.verifying_key())
    }

    /// A bundle that says something about a digest, ready to be attached.
    ///
    /// # Errors
    ///
    /// None in practice: every key has a DER form.
    pub fn sign(
        &self,
        subject: &Digest,
        predicate_type: &str,
        predicate: &Value,
        time: Timestamp,
    ) -> Result<Attachment, OciError> {
        let statement = json!({
            "_type": STATEMENT_TYPE,
            "subject": [{ "digest": { "sha256": subject.hex() } }],
            "predicateType": predicate_type,
            "predicate": predicate,
        });
        let payload = statement.to_string().into_bytes();
        let signature: DerSignature = self.0.sign(&pre_authentication(PAYLOAD_TYPE, &payload));
        let bundle = json!({
            "mediaType": BUNDLE_TYPE,
            "verificationMaterial": { "publicKey": { "hint": self.public_key().hint()? } },
            "dsseEnvelope": {
                "payload": STANDARD.encode(&payload),
                "payloadType": PAYLOAD_TYPE,
                "signatures": [{ "sig": STANDARD.encode(signature.as_bytes()) }],
            },
        });
        Ok(Attachment {
            artifact_type: BUNDLE_TYPE.to_owned(),
            media_type: BUNDLE_TYPE.to_owned(),
            bytes: bundle.to_string().into_bytes(),
            annotations: BTreeMap::from([
                ("dev.sigstore.bundle.content".to_owned(), "dsse-envelope".to_owned()),
                ("dev.sigstore.bundle.predicateType".to_owned(), predicate_type.to_owned()),
                ("org.opencontainers.image.created".to_owned(), time.to_rfc3339()),
            ]),
        })
    }
}

/// A public key that verifies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

impl PublicKey {
    /// Reads a key in PEM, such as `cosign.pub`.
    ///
    /// # Errors
    ///
    /// Another kind of key.
    pub fn from_pem(text: &str) -> Result<Self, OciError> {
        VerifyingKey::from_public_key_pem(text).map(Self).map_err(|_| {
            OciError::input("the key is no public key that can be used here")
                .help("name the cosign.pub of the publisher: an ECDSA key on P-256 in PEM")
        })
    }

    /// The key in PEM.
    ///
    /// # Errors
    ///
    /// None in practice.
    pub fn to_pem(&self) -> Result<String, OciError> {
        self.0.to_public_key_pem(LineEnding::LF).map_err(|_| OciError::input("the key has no PEM form"))
    }

    /// What a bundle calls the key: the base64 of the SHA-256 of its DER form.
    fn hint(&self) -> Result<String, OciError> {
        use sha2::Digest as _;
        let der = self.0.to_public_key_der().map_err(|_| OciError::input("the key has no DER form"))?;
        Ok(STANDARD.encode(sha2::Sha256::digest(der.as_bytes())))
    }

    /// The predicate of a bundle, if this key signed it and it is about this digest; else why it does not hold.
    ///
    /// # Errors
    ///
    /// What does not hold, in words.
    pub fn verify(&self, bundle: &[u8], subject: &Digest, predicate_type: &str) -> Result<Value, String> {
        let bundle: Bundle = serde_json::from_slice(bundle).map_err(|_| "it is no bundle with a DSSE envelope")?;
        let envelope = bundle.dsse_envelope;
        let payload = STANDARD.decode(&envelope.payload).map_err(|_| "its payload is not base64")?;
        let message = pre_authentication(&envelope.payload_type, &payload);
        let holds = |signature: &EnvelopeSignature| {
            let bytes = STANDARD.decode(&signature.sig).unwrap_or_default();
            DerSignature::from_bytes(&bytes).is_ok_and(|signature| self.0.verify(&message, &signature).is_ok())
        };
        if envelope.payload_type != PAYLOAD_TYPE || !envelope.signatures.iter().any(holds) {
            return Err("it was not made with this key".to_owned());
        }
        let statement: Statement = serde_json::from_slice(&payload).map_err(|_| "its payload is no statement")?;
        if statement.kind != STATEMENT_TYPE || statement.predicate_type != predicate_type {
            return Err(format!("it says something else, {:?}", statement.predicate_type));
        }
        match statement.subject.iter().any(|about| about.digest.get("sha256").is_some_and(|hex| hex == subject.hex())) {
            true => Ok(statement.predicate),
            false => Err("it is about another digest".to_owned()),
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Bundle {
    dsse_envelope: Envelope,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Envelope {
    payload: String,
    payload_type: String,
    signatures: Vec<EnvelopeSignature>,
}

#[derive(Deserialize)]
struct EnvelopeSignature {
    sig: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Statement {
    #[serde(rename = "_type")]
    kind: String,
    subject: Vec<Subject>,
    predicate_type: String,
    #[serde(default)]
    predicate: Value,
}

#[derive(Deserialize)]
struct Subject {
    digest: BTreeMap<String, String>,
}

/// What DSSE signs: type and payload with their lengths.
fn pre_authentication(payload_type: &str, payload: &[u8]) -> Vec<u8> {
    let head = format!("DSSEv1 {} {payload_type} {} ", payload_type.len(), payload.len());
    [head.as_bytes(), payload].concat()
}

/// A key as cosign encrypts it: JSON in PEM, scrypt and NaCl's secret box.
#[derive(Deserialize)]
struct Encrypted {
    kdf: Derivation,
    cipher: Cipher,
    ciphertext: String,
}

#[derive(Deserialize)]
struct Derivation {
    name: String,
    params: Parameters,
    salt: String,
}

#[derive(Deserialize)]
struct Parameters {
    #[serde(rename = "N")]
    n: u32,
    r: u32,
    p: u32,
}

#[derive(Deserialize)]
struct Cipher {
    name: String,
    nonce: String,
}

fn decrypt(pem: &str, passphrase: &Secret) -> Result<Vec<u8>, OciError> {
    let unreadable =
        || OciError::input("the signing key cannot be read").help("give the cosign.key file as cosign wrote it");
    let body: String =
        pem.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("-----")).collect();
    let decode = |text: &str| STANDARD.decode(text).map_err(|_| unreadable());
    let encrypted: Encrypted = serde_json::from_slice(&decode(&body)?).map_err(|_| unreadable())?;
    let Parameters { n, r, p } = encrypted.kdf.params;
    // The strengths that cosign writes; others could take any amount of memory.
    let known = matches!(n, 32_768 | 65_536 | 131_072) && r == 8 && p == 1;
    if encrypted.kdf.name != "scrypt" || encrypted.cipher.name != "nacl/secretbox" || !known {
        return Err(unreadable());
    }
    let log_n = u8::try_from(n.ilog2()).map_err(|_| unreadable())?;
    let parameters = scrypt::Params::new(log_n, r, p).map_err(|_| unreadable())?;
    let mut key = [0; 32];
    scrypt::scrypt(passphrase.reveal().as_bytes(), &decode(&encrypted.kdf.salt)?, &parameters, &mut key)
        .map_err(|_| unreadable())?;
    let nonce: [u8; 24] = decode(&encrypted.cipher.nonce)?.try_into().map_err(|_| unreadable())?;
    let cipher = XSalsa20Poly1305::new(&key.into());
    cipher.decrypt(&nonce.into(), decode(&encrypted.ciphertext)?.as_slice()).map_err(|_| {
        OciError::input("the passphrase does not open the signing key").help("set COSIGN_PASSWORD to the right one")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg9cTK2ONOThC9em+v\nZ85jWQOjdDrsPDW5vzj2zmwMNA2hRANCAAR7GV3xB4e/uOrUYfkM7GKyW5cx+l41\nVr5WoVJf9OdPfIP3ZWXRaPMUf4Jd982Sk/82aZMBIEInjUXAFtmbDlRF\n-----END PRIVATE KEY-----\n";

    #[test]
    fn what_was_signed_verifies_and_nothing_else() {
        let signer = Signer::from_pem(KEY, None).unwrap();
        let (subject, other) = (Digest::of(b"chart"), Digest::of(b"another"));
        let time = Timestamp::from_seconds(0).unwrap();
        let signed = signer.sign(&subject, SIGNATURE_PREDICATE, &json!({}), time).unwrap();
        assert_eq!(signed, signer.sign(&subject, SIGNATURE_PREDICATE, &json!({}), time).unwrap());
        let key = PublicKey::from_pem(&signer.public_key().to_pem().unwrap()).unwrap();
        assert_eq!(key.verify(&signed.bytes, &subject, SIGNATURE_PREDICATE), Ok(json!({})));
        assert!(key.verify(&signed.bytes, &other, SIGNATURE_PREDICATE).unwrap_err().contains("another digest"));
        assert!(key.verify(&signed.bytes, &subject, SBOM_PREDICATE).is_err());
        let text = String::from_utf8(signed.bytes.clone()).unwrap();
        let mut bundle: Value = serde_json::from_str(&text).unwrap();
        let forged = STANDARD.encode(
            STANDARD
                .decode(bundle["dsseEnvelope"]["payload"].as_str().unwrap())
                .unwrap()
                .iter()
                .map(|byte| match byte {
                    b'0' => b'1',
                    other => *other,
                })
                .collect::<Vec<_>>(),
        );
        bundle["dsseEnvelope"]["payload"] = forged.into();
        assert!(
            key.verify(bundle.to_string().as_bytes(), &subject, SIGNATURE_PREDICATE).unwrap_err().contains("this key")
        );
    }

    #[test]
    fn what_is_no_key_is_refused_without_showing_it() {
        for text in [
            "",
            "-----BEGIN PRIVATE KEY-----\nsecret\n-----END PRIVATE KEY-----\n",
            "-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----\nc2VjcmV0\n",
        ] {
            let error = Signer::from_pem(text, Some(&Secret::new("secret"))).unwrap_err();
            assert!(!format!("{error:?}").contains("secret"), "{error}");
        }
        assert!(
            Signer::from_pem("-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----", None).unwrap_err().help[0]
                .contains("COSIGN_PASSWORD")
        );
    }
}
