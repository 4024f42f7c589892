"""Letters to patients: written, sent, printed; their wording; envelopes and labels."""
