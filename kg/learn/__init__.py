"""Training: what is learnt from reports and annotated sentences, and how."""
