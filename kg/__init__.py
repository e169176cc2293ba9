"""Chinese government work reports (政府工作报告) to a knowledge graph with evidence."""
