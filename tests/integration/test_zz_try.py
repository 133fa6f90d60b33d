import subprocess,sys
def test_x(clean_neo4j):
    out=subprocess.run([sys.executable,"/tmp/p2n.py",clean_neo4j],capture_output=True,text=True); print(out.stdout,out.stderr[-3000:]); assert 0
