"""What people intend, one file each; every use case takes an actor first."""
